import type { TreeClient } from './tree-client';

interface Node {
  readonly id: string;
  readonly children: readonly Node[];
}

/* One of so many moves goes to the top level, or to a place before a sibling. */
const TO_TOP = 50;
const TO_PLACE = 4;

/** Moves random categories below random others, by several clients at once, and returns how many replies had each status and code. */
export async function randomMoves(client: TreeClient, moves: number, clients: number): Promise<Record<string, number>> {
  const ids = idsOf((await client.get<{ data: Node[] }>('/v1/categories/tree')).data);
  const replies: Record<string, number> = {};
  let left = moves;
  const walk = async () => {
    while (left-- > 0) {
      const parentId = chance(TO_TOP) ? null : pick(ids);
      const beforeId = parentId !== null && chance(TO_PLACE) ? await childOf(client, parentId) : undefined;
      const { status, body } = await client.move(pick(ids), { parentId, ...(beforeId && { beforeId }) });
      const reply = status === 200 ? '200' : `${status} ${body.code}`;
      replies[reply] = (replies[reply] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, walk));
  return replies;
}

async function childOf(client: TreeClient, parentId: string): Promise<string | undefined> {
  const { data } = await client.get<{ data: { id: string }[] }>(`/v1/categories?parentId=${parentId}&fields=id&limit=1`);
  return data[0]?.id;
}

function idsOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ id, children }) => [id, ...idsOf(children)]);
}

function pick(ids: readonly string[]): string {
  return ids[Math.floor(Math.random() * ids.length)] ?? '';
}

function chance(oneIn: number): boolean {
  return Math.random() * oneIn < 1;
}
