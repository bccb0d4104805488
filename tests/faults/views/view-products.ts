const CLIENTS = 8;
const REFUSED = 503;
/* Views of bots, such as the user agent of Node, are not counted. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

/** The views of a trial. */
export interface Viewed {
  /** When each view was answered with 202, in the order of the answers, by the clock of `performance.now()`. */
  readonly answeredAt: readonly number[];
  /** How many were sent, with those that had no answer. */
  readonly sent: number;
}

/** Views products by several clients at once until the process no longer answers. */
export async function viewUntilItFails(url: string, products: readonly string[]): Promise<Viewed> {
  const answeredAt: number[] = [];
  let sent = 0;
  const client = async () => {
    for (;;) {
      const id = products[sent++ % products.length];
      const response = await fetch(`${url}/v1/products/${id}/views`, { method: 'POST', headers: HEADERS }).catch(() => null);
      if (response?.status === 202) answeredAt.push(performance.now());
      else if (response?.status !== REFUSED) return;
      await response.arrayBuffer().catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { answeredAt, sent };
}
