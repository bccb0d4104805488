import { JSON_CONTENT_TYPE } from '../../../../http/output/content-types';
import { orders } from '../../order.resource';

/*
 * What the statement of orders has where some of them come with an idempotency key:
 *
 * claims       claims the keys for this transaction, without waiting; an order whose key is not claimed is left out of `new_orders`.
 * replies      the new orders as they are shown.
 * recorded     records each under its key, as the reply that the route makes of it.
 */

/** Returns the CTEs that leave in `new_orders` those of `given` whose key is claimed, or that have none. */
export const claiming = `
  claims AS MATERIALIZED (SELECT g.id, c.* FROM given g, claim_idempotency_key(g.key_id, g.key_hash) c WHERE g.key_id IS NOT NULL),
  new_orders AS MATERIALIZED (SELECT g.* FROM given g WHERE NOT EXISTS (SELECT FROM claims c WHERE c.id = g.id AND c.state <> 'claimed')),`;

/** Returns the CTEs that render the new orders and record them as replies. */
export const recording = (json: string, tag: string) => `,
  replies AS MATERIALIZED (SELECT t.id, ${json} AS body, ${tag} AS tag FROM orders t),
  recorded AS (
    INSERT INTO idempotency_keys (id, user_id, request_hash, status, headers, body)
    SELECT g.key_id, g.actor, g.key_hash, 201, jsonb_build_object('Content-Type', '${JSON_CONTENT_TYPE}',
      'Location', '${orders.prefix}/' || r.id, 'ETag', '"' || r.tag || '"'), convert_to(r.body, 'UTF8')
    FROM replies r JOIN given g ON g.id = r.id WHERE g.key_id IS NOT NULL
  )`;
