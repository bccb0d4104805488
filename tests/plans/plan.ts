import type { RecordedQuery } from '../support/query-recorder';

/** A node of EXPLAIN (FORMAT JSON). */
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** How a statement finds its rows. */
export interface Plan {
  /** The tables of sequential scans. */
  readonly wholeTables: readonly string[];
  readonly indexes: readonly string[];
  /** The number of rows and index entries read. */
  readonly read: number;
  readonly milliseconds: number;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Node; readonly 'Execution Time': number }];
}

interface Explainer {
  query(query: { text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

/** Runs a statement and returns its plan; every row of a scan counts as read, also a filtered one. */
export async function explain(client: Explainer, { text, values }: RecordedQuery): Promise<Plan> {
  const { rows } = await client.query({ text: `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values: [...values] });
  const [explained] = (rows[0] as Explained)['QUERY PLAN'];
  const nodes = [...nodesOf(explained.Plan)];
  const scans = nodes.filter((node) => /Scan$/.test(node['Node Type']));
  return {
    wholeTables: scans.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => String(node['Relation Name'])),
    indexes: [...new Set(scans.flatMap((node) => node['Index Name'] ?? []))],
    read: scans.reduce((sum, node) => sum + readBy(node), 0),
    milliseconds: explained['Execution Time'],
  };
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const below of node.Plans ?? []) yield* nodesOf(below);
}

function readBy(node: Node): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return Math.round((node['Actual Rows'] + removed) * node['Actual Loops']);
}
