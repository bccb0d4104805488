import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { ShopProcess } from '../shop-process';

/** How many clients upload and read at once. */
export const CLIENTS = 8;

/** A running shop with a folder of files. */
export interface Trial {
  readonly shop: ShopProcess;
  readonly token: string;
  readonly folder: string;
}

/** Returns a JPEG of 12 megapixels, another one for each seed. */
export function photo(seed: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 100 + (seed % 100), sigma: 12 } as const;
  const background = { r: seed % 256, g: (seed >> 8) % 256, b: 90 };
  return sharp({ create: { width: 500, height: 375, channels: 3, background, noise } })
    .resize(4_000, 3_000)
    .jpeg({ quality: 85 })
    .toBuffer();
}

interface MediumBody {
  readonly code?: string;
  readonly variants: readonly { readonly width: number; readonly url: string }[];
}

export interface Answer {
  readonly status: number;
  readonly body: MediumBody;
}

/** Uploads a file, and returns the answer. */
export async function upload({ shop, token }: Trial, bytes: Buffer): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' };
  const response = await fetch(`${shop.url}/v1/media`, { method: 'POST', headers, body: new Uint8Array(bytes) });
  return { status: response.status, body: (await response.json()) as MediumBody };
}

/** Reads a path, and returns the answer. */
export async function call({ shop }: Trial, path: string): Promise<Answer> {
  const response = await fetch(shop.url + path);
  return { status: response.status, body: (await response.json()) as MediumBody };
}

/** Returns the answer of a call, and how many milliseconds it took. */
export async function timed(work: () => Promise<Answer>): Promise<Answer & { ms: number }> {
  const startedAt = performance.now();
  return { ...(await work()), ms: Math.round(performance.now() - startedAt) };
}

/** Does the work with all items, by eight clients. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const client = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return results;
}

/** Returns the times as text. */
export function percentiles(times: readonly { readonly ms: number }[]): string {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${sorted.at(-1)} ms (${sorted.length})`;
}

/** Returns the resident memory of the process, in MiB. */
export function memoryOf({ shop }: Trial): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${shop.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
}

let failures = 0;

/** Returns whether a line was wrong. */
export function hasFailed(): boolean {
  return failures > 0;
}

/** Prints a line, and remembers what was wrong. */
export function report(what: string, isRight: boolean, figures: string): void {
  if (!isRight) failures += 1;
  process.stdout.write(`${isRight ? 'ok   ' : 'WRONG'} ${what}: ${figures}\n`);
}
