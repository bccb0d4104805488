import { dirname } from 'node:path';
import type { Rule } from '../sources';

const MAX_LINES = 250;
const MAX_MEDIAN = 60;
const MAX_FILES = 12;

/** Reports each file that is too long. */
export const filesAreShort: Rule = (sources) =>
  sources.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `${path} has ${lines} lines`);

/** Reports a median of `src` that is too long. */
export const halfOfSrcIsShort: Rule = (sources) => {
  const sizes = sources
    .filter(({ path }) => path.startsWith('src/'))
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return median > MAX_MEDIAN ? [`the median of src is ${median} lines`] : [];
};

/** Reports each folder with too many files; `migrations` grows with the schema. */
export const foldersAreSmall: Rule = (sources) => {
  const counts = new Map<string, number>();
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([folder, count]) => count > MAX_FILES && folder !== 'migrations')
    .map(([folder, count]) => `${folder} has ${count} files`);
};
