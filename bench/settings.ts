import { parseArgs } from 'node:util';

/** The options of a run. */
export interface Settings {
  readonly products: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmup: number;
  readonly connections: number;
  readonly driver: 'wrk' | 'autocannon' | 'auto';
  readonly jobs: readonly string[];
  readonly contenders: readonly string[];
  readonly out: string;
}

const USAGE = `npm run bench -- [--products=100000] [--rounds=5] [--seconds=5] [--warmup=3] [--connections=32]
  [--driver=auto|wrk|autocannon] [--jobs=product,page,…] [--contenders=a,a+,b,c,s,pgbench] [--out=bench/results]`;

const whole = (name: string, given: string, min: number, max: number): number => {
  const value = Number(given);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be a whole number from ${min} to ${max}.\n${USAGE}`);
};

/** Reads the command line; throws with the usage if it is wrong. */
export function readSettings(args: readonly string[], jobs: readonly string[], contenders: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      products: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      warmup: { type: 'string', default: '3' },
      connections: { type: 'string', default: '32' },
      driver: { type: 'string', default: 'auto' },
      jobs: { type: 'string', default: jobs.join(',') },
      contenders: { type: 'string', default: contenders.join(',') },
      out: { type: 'string', default: 'bench/results' },
    },
  });
  return {
    products: whole('products', values.products, 10_000, 10_000_000),
    rounds: whole('rounds', values.rounds, 1, 100),
    seconds: whole('seconds', values.seconds, 1, 600),
    warmup: whole('warmup', values.warmup, 0, 600),
    connections: whole('connections', values.connections, 1, 1_000),
    driver: oneOf('driver', values.driver, ['auto', 'wrk', 'autocannon'] as const),
    jobs: values.jobs.split(',').map((name) => oneOf('jobs', name, jobs)),
    contenders: values.contenders.split(',').map((name) => oneOf('contenders', name, contenders)),
    out: values.out,
  };
}

function oneOf<T extends string>(name: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === given);
  if (found !== undefined) return found;
  throw new Error(`--${name} takes ${allowed.join(', ')}; not "${given}".\n${USAGE}`);
}
