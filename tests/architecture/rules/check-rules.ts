import type { Rule } from '../sources';

/* Spelled so that this file does not report itself. */
const SWITCHED_OFF = /:\s*any\b|\bas\s+any\b|<\s*any>|@ts-(ignore|nocheck|expect-error)|biome[-]ignore/;
const SKIPPED = /\b(test|it|describe)\.(skip|only|todo)\b|\bx(it|test|describe)\(/;

/** The commands that hand the whole environment to a child process. */
const HANDS_ON = ['src/migrator/cli/sequelize-cli.ts'];

/** Reports each file that switches a check of types, lint or tests off. */
export const noCheckIsSwitchedOff: Rule = (sources) =>
  sources.filter(({ text }) => SWITCHED_OFF.test(text) || SKIPPED.test(text)).map(({ path }) => `${path} switches a check off`);

/** Reports each file beside `config/env.ts` that reads settings from the environment. */
export const settingsAreReadInOnePlace: Rule = (sources) =>
  sources
    .filter(({ path, text }) => /^(src|config)\//.test(path) && /process\.env\b/.test(text))
    .filter(({ path }) => path !== 'config/env.ts' && !HANDS_ON.includes(path))
    .map(({ path }) => `${path} reads process.env`);
