import { JOBS } from '../load/jobs';
import type { Run } from './run-facts';
import { type Cell, ratioOf } from './summary';

const COLOURS: Readonly<Record<string, string>> = {
  a: '#7f8fa6',
  'a+': '#40739e',
  b: '#b2bec3',
  c: '#d6a2a2',
  s: '#16a085',
  pgbench: '#dfe6e9',
};
const BAR = 20;
const GAP = 6;
const LEFT = 90;
const WIDTH = 520;
const HEADING = 34;

/** Returns the run as SVG: a block per job, a bar per contender, as long as its rate relative to the largest of the block. */
export function svgReport(run: Run, cells: readonly Cell[]): string {
  const blocks: string[] = [];
  let y = 50;
  for (const job of new Set(cells.map((cell) => cell.job))) {
    const bars = cells.filter((cell) => cell.job === job);
    blocks.push(
      text(12, y + 18, JOBS[job]?.title ?? job, 'bold'),
      ...bars.map((cell, at) => bar(cell, bars, y + HEADING + at * (BAR + GAP))),
    );
    y += HEADING + bars.length * (BAR + GAP) + 14;
  }
  const { settings, node, postgres } = run;
  const title = `${settings.products.toLocaleString('en')} products, ${settings.connections} connections, Node ${node}, PostgreSQL ${postgres}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 210}" height="${y}" font-family="sans-serif" font-size="13" role="img" aria-labelledby="title">
<title id="title">Requests per second: ${title}</title>
<rect width="100%" height="100%" fill="white"/>
${text(12, 28, `Requests per second: ${title}`, 'bold')}
${blocks.join('\n')}
</svg>
`;
}

function bar(cell: Cell, bars: readonly Cell[], y: number): string {
  const most = Math.max(...bars.map(({ requestsPerSecond }) => requestsPerSecond));
  const base = bars.find(({ contender }) => contender === 'a');
  const length = Math.max(1, Math.round((cell.requestsPerSecond / most) * WIDTH));
  const share = base === undefined ? '' : `  ${ratioOf(cell, base).median.toFixed(2)} × (a)`;
  return [
    text(12, y + 15, cell.contender),
    `<rect x="${LEFT}" y="${y}" width="${length}" height="${BAR}" fill="${COLOURS[cell.contender] ?? '#999'}"/>`,
    text(LEFT + length + 8, y + 15, `${Math.round(cell.requestsPerSecond).toLocaleString('en')}${share}`),
  ].join('');
}

const text = (x: number, y: number, words: string, weight = 'normal') =>
  `<text x="${x}" y="${y}" font-weight="${weight}" fill="#2d3436">${words}</text>`;
