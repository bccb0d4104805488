import { SETTINGS, type Setting } from '../config/settings';

const settings = Object.entries<Setting>(SETTINGS);

/** Returns the text of `.env.example`: every setting with its default, commented out. */
export function envExample(): string {
  const blocks = settings.map(([name, setting]) => `# ${setting.description}\n#${name}=${setting.example ?? defaultOf(setting)}\n`);
  return `# Every setting of Storekeeper, with its default. Copy it to .env and uncomment what you change.\n\n${blocks.join('\n')}`;
}

/** Returns the table of settings of docs/settings.md, in Markdown. */
export function settingsTable(): string {
  const rows = settings.map(([name, setting]) => {
    const required = setting.inProduction ? ' Required in production.' : '';
    const shown = setting.defaultText ?? (defaultOf(setting) === '' ? '' : `\`${defaultOf(setting)}\``);
    return `| \`${name}\` | ${shown} | ${setting.description}${required} |`;
  });
  return ['| setting | default | description |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf({ schema }: Setting): string {
  const { flags } = schema.describe() as { flags?: { default?: unknown } };
  return String(flags?.default ?? '');
}
