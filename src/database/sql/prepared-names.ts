/** The names of prepared statements, by their text: only the first texts get one, and later ones run unnamed. */
export class PreparedNames {
  readonly #names = new Map<string, string>();

  constructor(private readonly most: number) {}

  /** Returns the name of a text, the same at each call; null where there are as many as there may be. */
  of(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size === this.most) return null;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
