import type { Ctx } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import { defineQueue } from '../../../jobs';
import { mailerOf } from '../../../mail/mailer-of';
import { object, type Parsed, uuid } from '../../../schema/schema';
import type { DocumentContent, DocumentKind } from '../document.schemas';
import { renderDocument } from '../html/render-document';

const dataSchema = object({ documentId: uuid() });

/**
 * Mails a document to its buyer. It is marked as sent when the mail server has it; where the process ends between the two, the server gets it
 * again, under the same Message-ID.
 */
export const mailDocument = defineQueue<Parsed<typeof dataSchema>>({
  name: 'mail-document',
  reason: 'A document is mailed to the customer whose it is.',
  data: dataSchema,
  retryLimit: 12,
  retryDelaySeconds: 30,
  transaction: 'none',
  work: async (ctx, { data: { documentId } }) => {
    const document = await unsentDocument(ctx, documentId);
    const to = document?.content.buyer.email;
    if (!document || !to) return;
    const { title, text, html } = renderDocument(document);
    await mailerOf(ctx).send({ id: `${documentId}@storekeeper`, to, subject: title, text, html });
    await unitOfWork(ctx, (tx) => queryAll(tx, { text: MARK, values: [documentId] }));
  },
});

interface UnsentDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedAt: string;
  readonly content: DocumentContent;
}

const UNSENT = `SELECT d.kind, d.number, to_char(d.issued_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "issuedAt", d.content
  FROM documents d JOIN document_mails m ON m.document_id = d.id WHERE d.id = $1::uuid AND m.sent_at IS NULL`;
const MARK = 'UPDATE document_mails SET sent_at = clock_timestamp() WHERE document_id = $1::uuid AND sent_at IS NULL';

async function unsentDocument(ctx: Ctx, id: string): Promise<UnsentDocument | null> {
  const [row] = await queryAll<UnsentDocument & Record<string, unknown>>(ctx, { text: UNSENT, values: [id] });
  return row ?? null;
}
