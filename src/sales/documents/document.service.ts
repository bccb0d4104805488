import type { Ctx } from '../../context/context';
import { HTML_CONTENT_TYPE } from '../../http/output/content-types';
import { ok, type Reply } from '../../http/output/reply';
import { readObject } from '../../resource/read/read-one';
import { ResourceService } from '../../resource/resource.service';
import { documents } from './document.resource';
import type { DocumentContent, DocumentKind } from './document.schemas';
import { renderDocument } from './html/render-document';

/** Lists and reads documents; jobs issue them. */
export const documentService = new ResourceService(documents);

interface ShownDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedAt: string;
  readonly content: DocumentContent;
}

/* The page loads nothing, and runs nothing. */
const ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Returns the page of a document; throws `not_found` (404). */
export async function readDocumentPage(ctx: Ctx, id: string): Promise<Reply> {
  const { text } = await readObject(ctx, documents, id);
  const { issuedAt, ...document } = JSON.parse(text.text) as ShownDocument;
  const { html } = renderDocument({ ...document, issuedAt: issuedAt.slice(0, 10) });
  return ok(Buffer.from(html), { 'Content-Type': HTML_CONTENT_TYPE, 'Content-Security-Policy': ALONE });
}
