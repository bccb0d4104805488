/** The prices of an order by whole units of its currency, worked out one by one, as a person would; the SQL is compared with it. */
export interface ModelOrder {
  readonly lines: readonly ModelLine[];
  readonly code: ModelCode | null;
  readonly method: ModelMethod | null;
  /** The rate of each tax class at the destination, in ten-thousandths of a percent. */
  readonly rates: Readonly<Record<string, bigint>>;
}

export interface ModelLine {
  readonly price: bigint;
  readonly quantity: bigint;
  readonly taxClass: string;
  readonly grams: bigint;
  readonly isEligible: boolean;
}

export interface ModelCode {
  readonly kind: 'percent' | 'amount' | 'free_shipping';
  /** Of percent, in hundredths; of an amount, in units. */
  readonly value: bigint;
}

export interface ModelMethod {
  readonly basis: 'subtotal' | 'weight';
  readonly bands: readonly { readonly upTo: bigint | null; readonly price: bigint }[];
  readonly taxClass: string;
}

export interface ModelRules {
  readonly pricesIncludeTax: boolean;
  readonly taxRounding: 'line' | 'total';
}

export interface ModelPrice {
  readonly discounts: readonly bigint[];
  readonly taxes: readonly bigint[];
  readonly shipping: bigint;
  readonly shippingTax: bigint;
  readonly total: bigint;
}

/** Returns the price of an order. */
export function modelPrice({ lines, code, method, rates }: ModelOrder, rules: ModelRules): ModelPrice {
  const amounts = lines.map(({ price, quantity }) => price * quantity);
  const discounts = discountsOf(lines, amounts, code);
  const paid = amounts.map((amount, index) => amount - (discounts[index] ?? 0n));
  const shipping = shippingOf(lines, paid, code, method);
  const taxed = [
    ...lines.map(({ taxClass }, index) => ({ base: paid[index] ?? 0n, rate: rates[taxClass] })),
    ...(method && shipping > 0n ? [{ base: shipping, rate: rates[method.taxClass] }] : []),
  ];
  const all = taxesOf(taxed, rules);
  const taxes = lines.map((_, index) => all[index] ?? 0n);
  const shippingTax = all[lines.length] ?? 0n;
  const added = rules.pricesIncludeTax ? 0n : sum(taxes) + shippingTax;
  return { discounts, taxes, shipping, shippingTax, total: sum(paid) + shipping + added };
}

function discountsOf(lines: readonly ModelLine[], amounts: readonly bigint[], code: ModelCode | null): bigint[] {
  const none = lines.map(() => 0n);
  if (!code || code.kind === 'free_shipping') return none;
  const eligible = amounts.map((amount, index) => (lines[index]?.isEligible ? amount : 0n));
  const whole = sum(eligible);
  if (whole === 0n) return none;
  const discount = code.kind === 'percent' ? halfUp(whole * code.value, 10_000n) : smaller(code.value, whole);
  const takesPart = lines.flatMap(({ isEligible }, index) => (isEligible ? [index] : []));
  const shares = divided(
    discount,
    takesPart.map((index) => [discount * (eligible[index] ?? 0n), whole]),
  );
  return none.map((_, index) => shares[takesPart.indexOf(index)] ?? 0n);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function shippingOf(lines: readonly ModelLine[], paid: readonly bigint[], code: ModelCode | null, method: ModelMethod | null): bigint {
  if (!method || code?.kind === 'free_shipping') return 0n;
  const measure = method.basis === 'weight' ? sum(lines.map(({ grams, quantity }) => grams * quantity)) : sum(paid);
  return method.bands.find(({ upTo }) => upTo === null || measure <= upTo)?.price ?? 0n;
}

interface Taxed {
  readonly base: bigint;
  readonly rate: bigint | undefined;
}

function taxesOf(rows: readonly Taxed[], { pricesIncludeTax, taxRounding }: ModelRules): bigint[] {
  const fraction = ({ base, rate = 0n }: Taxed): [bigint, bigint] => [base * rate, pricesIncludeTax ? 1_000_000n + rate : 1_000_000n];
  if (taxRounding === 'line') return rows.map((row) => halfUp(...fraction(row)));
  const taxes = rows.map(() => 0n);
  for (const rate of new Set(rows.map((row) => row.rate))) {
    const indexes = rows.flatMap((row, index) => (row.rate === rate ? [index] : []));
    const fractions = indexes.map((index) => fraction(rows[index] as Taxed));
    const [, denominator = 1n] = fractions[0] ?? [];
    const total = halfUp(sum(fractions.map(([numerator]) => numerator)), denominator);
    const shares = divided(total, fractions);
    for (const [place, index] of indexes.entries()) taxes[index] = shares[place] ?? 0n;
  }
  return taxes;
}

/* Everything is rounded down; what is left goes to those that lost most, the first of equals before the others. */
function divided(total: bigint, fractions: readonly (readonly [bigint, bigint])[]): bigint[] {
  const shares = fractions.map(([numerator, denominator]) => numerator / denominator);
  const lost = fractions.map(([numerator, denominator]) => numerator % denominator);
  const order = [...shares.keys()].sort((a, b) => Number((lost[b] ?? 0n) - (lost[a] ?? 0n)) || a - b);
  const left = Number(total - sum(shares));
  for (const index of order.slice(0, left)) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Returns the sum of amounts. */
export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
