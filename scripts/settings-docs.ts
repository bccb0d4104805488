import { SETTINGS, type Setting } from '../config/settings';

const settings = Object.entries<Setting>(SETTINGS);

/** The text of `.env.example`: every setting with its default, commented out. */
export function envExample(): string {
  const blocks = settings.map(([name, setting]) => `# ${setting.description}\n#${name}=${setting.example ?? usual(setting)}\n`);
  return `# Every setting of Storekeeper, with its default. Copy to .env and uncomment what you change.\n\n${blocks.join('\n')}`;
}

/** The README's table of settings, in Markdown. */
export function settingsTable(): string {
  const rows = settings.map(([name, setting]) => {
    const required = setting.inProduction ? ' Required in production.' : '';
    return `| \`${name}\` | ${usual(setting) === '' ? '' : `\`${usual(setting)}\``} | ${setting.description}${required} |`;
  });
  return ['| setting | default | what it is for |', '| --- | --- | --- |', ...rows].join('\n');
}

function usual({ schema }: Setting): string {
  const { flags } = schema.describe() as { flags?: { default?: unknown } };
  return String(flags?.default ?? '');
}
