import { LEFT_OUT } from './coverage';
import type { Scenario } from './specmatic';

interface Documented {
  readonly paths?: Readonly<Record<string, object>>;
}

/** Prints the scenarios of each operation, the deviations and the operations left out; returns whether the contract holds. */
export function report({ paths = {} }: Documented, scenarios: readonly Scenario[], print: (line: string) => void): boolean {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
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
  for (const [operationId, reason] of Object.entries(LEFT_OUT)) print(`left out: ${operationId} (${reason})`);
  const passed = scenarios.length - deviating.length;
  print(`${operations.length} operations, ${scenarios.length} scenarios: ${passed} passed, ${deviating.length} failed`);
  return deviating.length === 0 && unasked.length === 0;
}
