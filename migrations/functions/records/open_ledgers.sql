-- Write the opening entry of a new product or user that starts with a count or a balance.
CREATE FUNCTION open_stock_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock_movements (id, product_id, delta, reason, quantity_after, note, actor_id)
  SELECT uuid_v7(), n.id, n.stock_quantity, 'adjustment', n.stock_quantity, 'opening count', session_variable('app.actor_id')::uuid
  FROM new_rows n WHERE n.stock_quantity <> 0;
  RETURN NULL;
END
$$;

CREATE FUNCTION open_balance_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO balance_entries (id, user_id, amount, balance_after, kind, note, actor_id)
  SELECT uuid_v7(), n.id, n.balance, n.balance, 'adjustment', 'opening balance', session_variable('app.actor_id')::uuid
  FROM new_rows n WHERE n.balance <> 0;
  RETURN NULL;
END
$$;
