import { v7 } from 'uuid';
import type { TxContext } from '../../context/context';
import { type SystemResources, systemContext } from '../../context/system-context';
import { queryAll } from '../../database/sql/statement';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { send } from '../../jobs';
import type { EventCatalogue } from '../definition/event-catalogue';
import { LATEST } from '../feed/feed-cursor';
import { readFeed } from '../feed/read-feed';
import type { EventQueue } from './event-queue';

const EVENTS_PER_READ = 100;

const LOCK = 'SELECT cursor FROM event_readers WHERE name = $1 FOR NO KEY UPDATE SKIP LOCKED';
const OPEN = 'INSERT INTO event_readers (id, name, cursor) VALUES ($1::uuid, $2, $3) ON CONFLICT (name) DO NOTHING';
const MOVE = 'UPDATE event_readers SET cursor = $2 WHERE name = $1';

/**
 * Sends the jobs of the next events of a queue, and returns whether there may be more at once. The cursor moves with the jobs, under its lock:
 * any number of processes send each job once.
 */
export function sendJobsOfEvents(resources: SystemResources, catalogue: EventCatalogue, fed: EventQueue): Promise<boolean> {
  const ctx = systemContext(resources, `events:${fed.queue.name}`, fed.queue.reason);
  return unitOfWork({ ...ctx, isBackground: true }, (tx) => sendNext(tx, catalogue, fed));
}

async function sendNext(tx: TxContext, catalogue: EventCatalogue, { queue, types, dataOf }: EventQueue): Promise<boolean> {
  const { name } = queue;
  const [reader] = await queryAll<{ cursor: string }>(tx, { text: LOCK, values: [name] });
  if (!reader) {
    const { cursor } = await readFeed(tx, catalogue, { after: LATEST, limit: 1 });
    await queryAll(tx, { text: OPEN, values: [v7(), name, cursor] });
    return false;
  }
  const page = await readFeed(tx, catalogue, { after: reader.cursor, types, limit: EVENTS_PER_READ });
  if (page.cursor === reader.cursor) return false;
  for (const { event } of page.events) {
    const data = dataOf(event);
    if (data) await send(tx, queue, data);
  }
  await queryAll(tx, { text: MOVE, values: [name, page.cursor] });
  return page.hasNext;
}
