import type { ApiRouter } from '../http/routing/api-router';
import type { ProblemType } from '../problems/problem';
import { problemsOf } from './problems-of';

/** Returns a page of every problem that the endpoints can return, each at the anchor that its `type` points to. */
export function problemsPage(tables: readonly ApiRouter[]): string {
  const kinds = new Map<string, ProblemType>();
  for (const { endpoints } of tables)
    for (const endpoint of endpoints) for (const some of problemsOf(endpoint).values()) for (const kind of some) kinds.set(kind.code, kind);
  const rows = [...kinds.values()]
    .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code))
    .map(({ code, status, title }) => `<tr id="${code}"><td>${status}</td><td><code>${code}</code></td><td>${title}</td></tr>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Problems - Storekeeper API</title></head>
<body>
<h1>Problems</h1>
<p>Every error response is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is stable; its <code>detail</code> says what to do.</p>
<table><thead><tr><th>Status</th><th>Code</th><th>Meaning</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</body>
</html>
`;
}
