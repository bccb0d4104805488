/** What is divided among rows: all are SQL expressions over a row, and integers. */
export interface Division {
  /** The rows among which one total is divided. */
  readonly group: string;
  /** The share of a row is `numerator / denominator`, rounded; the shares of a group add up to its total. */
  readonly numerator: string;
  readonly denominator: string;
  /** The same for each row of a group; at least the sum of the rounded-down shares, and at most one more per row. */
  readonly total: string;
  /** Decides between equal remainders. */
  readonly tie: string;
}

/**
 * Returns the SQL of a row's share by the largest remainder (Hamilton's method): every share is rounded down, and what is left goes, one unit
 * each, to the rows that lost most. It is exact, because all are integers.
 */
export function shareOf({ group, numerator, denominator, total, tie }: Division): string {
  const floor = `div(${numerator}, ${denominator})`;
  const rank = `row_number() OVER (PARTITION BY ${group} ORDER BY (${numerator}) % (${denominator}) DESC, ${tie})`;
  return `(${floor} + CASE WHEN ${rank} <= ${total} - sum(${floor}) OVER (PARTITION BY ${group}) THEN 1 ELSE 0 END)`;
}

/** Returns the SQL of an integer fraction, rounded half up. */
export function rounded(numerator: string, denominator: string): string {
  return `div(2 * (${numerator}) + (${denominator}), 2 * (${denominator}))`;
}
