import type { Problem } from '../../../problems/problem';
import type { Resource } from '../../definition/resource';
import type { LockedWrite } from '../pending-write';

/** The most objects that a problem names. */
const MOST_NAMED = 5;

/** Refuses the owners of refused writes, with the problem of the first one, and names what cannot go along. */
export function refuseOwners(resource: Resource, writes: readonly LockedWrite[]): void {
  const refused = writes.filter(({ problem }) => problem);
  for (const owner of new Set(refused.map((write) => write.owner))) {
    const problem = problemOf(
      resource,
      refused.filter((write) => write.owner === owner),
    );
    if (problem) owner?.refuse(problem);
  }
}

function problemOf({ one }: Resource, refused: readonly LockedWrite[]): Problem | null {
  const [first] = refused;
  if (!first?.problem) return null;
  const named = refused.slice(0, MOST_NAMED).map(({ id, row, problem }) => `${one} ${id} "${row.get('name')}": ${problem?.detail}`);
  const verb = first.operation === 'delete' ? 'would be deleted with it cannot be deleted' : 'were deleted with it cannot be restored';
  const detail = `${refused.length} of the objects that ${verb}: ${named.join(' ')}`;
  return first.problem.type.because(detail, { errors: first.problem.errors });
}
