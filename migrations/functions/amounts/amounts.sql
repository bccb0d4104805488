-- How many decimals an amount of the currency has (ISO 4217); src/schema/currencies.ts has all of them. Neither this nor what follows is
-- STRICT, so that PostgreSQL inlines them into checks and statements.
CREATE OR REPLACE FUNCTION currency_decimals(currency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
  WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
  WHEN currency IN ('CLF', 'UYW') THEN 4
  ELSE 2 END;

-- Whether an amount is written as one of the currency: below ten thousand million, no smaller than its smallest unit, and with two decimals,
-- or as many as the currency has where these are more: 19.00 JPY, 19.90 USD, 1.250 KWD. So its text is what the API shows.
CREATE FUNCTION is_amount_of(amount numeric, currency text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN amount > -10000000000 AND amount < 10000000000 AND CASE currency_decimals(currency)
  WHEN 2 THEN scale(amount) = 2
  WHEN 0 THEN scale(amount) = 2 AND amount = trunc(amount)
  ELSE scale(amount) = currency_decimals(currency) END;

-- The same of an amount whose currency another table has: at least two decimals, at most the four of the most precise currency.
CREATE FUNCTION is_amount(amount numeric) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN amount > -10000000000 AND amount < 10000000000 AND scale(amount) IN (2, 3, 4);

-- A sum, a share or an average as an amount of the currency: rounded to its smallest unit, half away from zero, and written as above.
CREATE FUNCTION rounded_amount(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN round(round(amount, currency_decimals(currency)), greatest(2, currency_decimals(currency)));

-- An amount as it is written in the currency; unchanged where the currency has no such amount, so that a check refuses it.
CREATE FUNCTION fitted_amount(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN amount = round(amount, currency_decimals(currency)) THEN round(amount, greatest(2, currency_decimals(currency))) ELSE amount END;
