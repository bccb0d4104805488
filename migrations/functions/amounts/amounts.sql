-- How many decimals an amount of the currency has (ISO 4217); src/schema/currencies.ts has all of them.
CREATE OR REPLACE FUNCTION currency_decimals(currency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
  WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
  WHEN currency IN ('CLF', 'UYW') THEN 4
  ELSE 2 END;

-- Whether an amount is written as one of the currency: below ten thousand million, no smaller than its smallest unit, and with two decimals,
-- or as many as the currency has where these are more: 19.00 JPY, 19.90 USD, 1.250 KWD. So its text is what the API shows.
-- In PL/pgSQL, because PostgreSQL inlines an SQL function into a check anew for every statement, which made an order take half as long again;
-- and without a call of currency_decimals, which a restore, whose search path is empty, would not find.
CREATE FUNCTION is_amount_of(amount numeric, currency text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN amount > -10000000000 AND amount < 10000000000
    AND scale(amount) = CASE WHEN strpos('BHD IQD JOD KWD LYD OMR TND', currency) > 0 THEN 3 WHEN strpos('CLF UYW', currency) > 0 THEN 4 ELSE 2 END
    AND (strpos('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', currency) = 0 OR amount = trunc(amount));
END
$$;

-- The same of an amount whose currency another table has: at least two decimals, at most the four of the most precise currency.
CREATE FUNCTION is_amount(amount numeric) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN amount > -10000000000 AND amount < 10000000000 AND scale(amount) BETWEEN 2 AND 4;
END
$$;

-- A sum, a share or an average as an amount of the currency: rounded to its smallest unit, half away from zero, and written as above.
CREATE FUNCTION rounded_amount(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN round(round(amount, currency_decimals(currency)), greatest(2, currency_decimals(currency)));

-- An amount as it is written in the currency; unchanged where the currency has no such amount, so that a check refuses it.
CREATE FUNCTION fitted_amount(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN amount = round(amount, currency_decimals(currency)) THEN round(amount, greatest(2, currency_decimals(currency))) ELSE amount END;
