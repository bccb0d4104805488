/* Of this test file: Jest gives each file modules of its own. */
const planted = new Set<string>();

/** Remembers a personal or secret value that a test hands to a shop, and returns it. */
export function plant(value: string): string {
  planted.add(value);
  return value;
}

/** Returns the planted values, as they would stand in JSON. */
export function plantedValues(): readonly string[] {
  return [...planted].map((value) => JSON.stringify(value).slice(1, -1));
}

/** Returns the planted values that a text has. */
export function plantedIn(text: string): readonly string[] {
  return plantedValues().filter((value) => text.includes(value));
}
