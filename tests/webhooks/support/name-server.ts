import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

const TYPES = { 1: 4, 28: 6 } as const;
const HEADER_BYTES = 12;

/** A name server on the loopback that answers with the addresses of its names, IPv4 ones alone (RFC 1035). */
export class NameServer {
  readonly #socket: Socket = createSocket('udp4');

  constructor(names: Readonly<Record<string, readonly string[]>>) {
    this.#socket.on('message', (query, { port, address }) => this.#socket.send(answerTo(query, names), port, address));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#socket.bind(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#socket.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#socket.close();
  }
}

function answerTo(query: Buffer, names: Readonly<Record<string, readonly string[]>>): Buffer {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(HEADER_BYTES, at + 5);
  const isIPv4 = TYPES[query.readUInt16BE(at + 1) as keyof typeof TYPES] === 4;
  const addresses = isIPv4 ? (names[labels.join('.')] ?? []) : [];
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  // Each points to the name in the question: type A, class IN, 60 seconds, 4 bytes.
  const records = addresses.map((text) => Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...text.split('.').map(Number)]));
  return Buffer.concat([header, question, ...records]);
}
