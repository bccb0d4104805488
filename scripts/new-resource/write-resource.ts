import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { columnsOf } from './columns';
import { editBuiltInRoles } from './edits/built-in-roles';
import { editEventSources } from './edits/event-sources';
import { editEveryWrite } from './edits/every-write';
import { editModels } from './edits/models';
import { editPermissionTable } from './edits/permission-table';
import { editReadme } from './edits/readme';
import { editRoutes } from './edits/routes';
import { declarationFile } from './files/declaration';
import { migrationFile } from './files/migration';
import { modelFile } from './files/model';
import { routesFile } from './files/routes';
import { schemasFile } from './files/schemas';
import { serviceFile } from './files/service';
import { testFile } from './files/test';
import { namesOf } from './names';
import { Project } from './project';
import { Refusal } from './refusal';
import type { ResourcePlan } from './resource-plan';

const FILES = [modelFile, schemasFile, declarationFile, serviceFile, routesFile, migrationFile, testFile];
const EDITS = [editModels, editRoutes, editEventSources, editBuiltInRoles, editPermissionTable, editEveryWrite, editReadme];
/** Domains whose resources everybody may read. */
const SHOWN_TO_ALL = ['catalogue'];
/* Writes the kept OpenAPI document anew: a change of the contract is to be seen in review. */
const DOCUMENT_WRITER = 'scripts/write-openapi.ts';

/** What was done, as paths from the project's root. */
export interface Written {
  readonly plan: ResourcePlan;
  readonly made: readonly string[];
  readonly changed: readonly string[];
}

/** Writes a new resource into the project; throws a Refusal, and has written nothing then, where it cannot be. */
export function writeResource(root: string, place: string, columns: readonly string[]): Written {
  const project = new Project(root);
  const names = namesOf(place);
  project.requireRoomFor(names);
  const isPublic = SHOWN_TO_ALL.includes(names.domain);
  const plan = { names, columns: columnsOf(columns), isPublic, stamp: project.nextStamp(new Date()) };
  const files = FILES.map((file) => file(plan));
  const inTheWay = files.find(({ path }) => project.has(path));
  if (inTheWay) throw new Refusal(`There is ${inTheWay.path} already.`);
  const edited = EDITS.map(({ path, edit }) => ({ path: path(plan), text: edit(project.read(path(plan)), plan) }));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  for (const { path, text } of edited) writeFileSync(join(root, path), text);
  const made = files.map(({ path }) => path);
  const changed = edited.map(({ path }) => path);
  format(root, [...made, ...changed]);
  if (project.has(DOCUMENT_WRITER)) runScript(root, DOCUMENT_WRITER);
  return { plan, made, changed };
}

/* Lays the files out, and sorts the imports, as the linter wants them. */
function format(root: string, paths: readonly string[]): void {
  const biome = join(root, 'node_modules', '.bin', 'biome');
  execFileSync(biome, ['check', '--write', ...paths.filter((path) => path.endsWith('.ts'))], { cwd: root, stdio: 'pipe' });
}

function runScript(root: string, path: string): void {
  execFileSync(process.execPath, ['--require', 'tsx/cjs', path], { cwd: root, stdio: 'pipe' });
}
