import { reasonToLeaveOut } from './coverage';
import type { Operation } from './operations';
import type { Scenario } from './specmatic';

/** Prints the scenarios of each operation, the deviations and the operations left out; returns whether the contract holds. */
export function report(all: readonly Operation[], scenarios: readonly Scenario[], print: (line: string) => void): boolean {
  const operations = all.filter((operation) => reasonToLeaveOut(operation) === undefined).map(titleOf);
  print('passed failed operation');
  for (const operation of operations) {
    const own = scenarios.filter((scenario) => scenario.operation === operation);
    const failed = own.filter(({ deviation }) => deviation !== null).length;
    print(`${String(own.length - failed).padStart(6)} ${String(failed).padStart(6)} ${operation}`);
  }
  const deviating = scenarios.filter(({ deviation }) => deviation !== null);
  for (const { title, deviation } of deviating) print(`\n${title}\n${deviation}`);
  // An operation without a request is a gap, not a success.
  const unasked = operations.filter((operation) => !scenarios.some((scenario) => scenario.operation === operation));
  for (const operation of unasked) print(`\n${operation} got no request`);
  for (const operation of all) {
    const reason = reasonToLeaveOut(operation);
    if (reason) print(`left out: ${operation.id} (${reason})`);
  }
  const passed = scenarios.length - deviating.length;
  print(`${operations.length} of ${all.length} operations, ${scenarios.length} scenarios: ${passed} passed, ${deviating.length} failed`);
  return deviating.length === 0 && unasked.length === 0;
}

function titleOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}
