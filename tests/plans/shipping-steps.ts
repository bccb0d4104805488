/** The statements that ship the orders of the big shop, and take those back that are refunded. */
export const SHIPPING_STEPS: readonly (readonly [what: string, sql: string])[] = [
  [
    '90,000 shipments',
    `INSERT INTO shipments (id, order_id, carrier, tracking_number, shipped_at, created_at, updated_at)
     SELECT uuid_v7(), id, 'DHL', CASE WHEN random() < 0.9 THEN left(md5(id::text), 20) END, shipped_at, shipped_at, shipped_at + random() * interval '3 days'
     FROM orders WHERE shipped_at IS NOT NULL`,
  ],
  [
    '8,000 returns',
    `INSERT INTO returns (id, order_id, user_id, return_number, kind, status, closed_at, created_at, updated_at)
     SELECT uuid_v7(), id, user_id, 'RT-' || upper(left(md5(id::text), 10)), 'return', s, CASE s WHEN 'closed' THEN completed_at END, completed_at, completed_at
     FROM orders, LATERAL (SELECT CASE WHEN right(id::text, 2) < '06' THEN 'requested' ELSE 'closed' END AS s) r WHERE status = 'refunded'`,
  ],
];
