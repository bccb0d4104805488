import type { Ctx } from '../../../context/context';
import { withCursor } from '../../../database/sql/cursor';
import { etagHeader } from '../../../http/output/conditional';
import { TextStream } from '../../../http/output/streaming/text-stream';
import { notFoundHere } from '../../../resource/read/read-one';
import { categories } from '../category.resource';
import { type TreePart, type TreeRow, treeStatement } from './tree.statement';

/** The ETag of an empty tree, without quotes. */
const NO_CATEGORIES = '0.0.0';

/**
 * Returns a part of the category tree as a stream `{data: [node, …]}`, each node with its children down to `depth`, siblings by position.
 * Throws `not_found` (404) for a root that does not exist.
 */
export function streamTree(ctx: Ctx, part: TreePart): TextStream {
  return new TextStream(({ begin, write }) =>
    withCursor<TreeRow>(ctx, treeStatement(part), async (fetch) => {
      let rows = await fetch();
      const [first] = rows;
      if (part.root !== undefined && !first) throw notFoundHere(categories);
      if (!begin(etagHeader(first?.tag ?? NO_CATEGORIES))) return;
      const writer = new TreeWriter();
      while (rows.length > 0 && (await write(rows.map((row) => writer.next(row)).join('')))) rows = await fetch();
      await write(writer.end());
    }),
  );
}

/** Writes nodes as nested JSON: the children of a node stay open until a node follows that is not below it. */
class TreeWriter {
  #text = '{"data":[';
  #open: number[] = [];

  /** Returns the text of the next row. */
  next({ node, level }: TreeRow): string {
    const before = this.#take();
    const closed = this.#closeTo(level);
    this.#open.push(level);
    return before + closed + node;
  }

  /** Returns the text after the last row. */
  end(): string {
    return `${this.#take()}${']}'.repeat(this.#open.length)}]}`;
  }

  #take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #closeTo(level: number): string {
    const ended = this.#open.filter((open) => open >= level).length;
    this.#open = this.#open.slice(0, this.#open.length - ended);
    return ended === 0 ? '' : `${']}'.repeat(ended)},`;
  }
}
