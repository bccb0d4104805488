import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Names } from './names';
import { Refusal } from './refusal';

/** The project that a new resource is added to. */
export class Project {
  constructor(private readonly root: string) {}

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** The domains that keep resources. */
  domains(): string[] {
    return readdirSync(join(this.root, 'src')).filter((name) =>
      ['models.ts', 'routes.ts'].every((file) => this.has(`src/${name}/${file}`)),
    );
  }

  /** Throws a Refusal where the domain is not there, or the resource is, be it in part. */
  requireRoomFor({ domain, plural, model, table }: Names): void {
    const domains = this.domains();
    if (!domains.includes(domain)) throw new Refusal(`There is no domain "${domain}" with resources; there are ${domains.join(', ')}.`);
    const own = [`src/${domain}/${plural}`, `src/${domain}/${plural}.ts`].find((path) => this.has(path));
    if (own !== undefined) throw new Refusal(`There is ${own} already.`);
    const words = [`tableName: '${table}'`, `modelName: '${model}'`, `'/v1/${plural}'`];
    for (const path of this.sources()) {
      const text = this.read(path);
      const found = words.find((word) => text.includes(word));
      if (found !== undefined) throw new Refusal(`There is a resource like it already: ${path} has ${found}.`);
    }
  }

  /** The stamp of the next migration: the time, or one step after the last migration where that is later. */
  nextStamp(now: Date): string {
    const stamps = readdirSync(join(this.root, 'migrations')).map((name) => Number(/^\d{14}(?=-)/.exec(name)?.[0] ?? 0));
    const present = Number(now.toISOString().replace(/\D/g, '').slice(0, 14));
    return String(Math.max(present, Math.max(...stamps) + 1));
  }

  private sources(): string[] {
    return readdirSync(join(this.root, 'src'), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)));
  }
}
