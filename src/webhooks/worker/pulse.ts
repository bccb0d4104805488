/** Wakes what waits; a beat that nobody waited for wakes the next wait at once. */
export class Pulse {
  #wake: (() => void) | undefined;
  #isDue = false;

  beat(): void {
    this.#isDue = true;
    this.#wake?.();
  }

  /** Returns at the next beat, or after the milliseconds. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#isDue = false;
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = end;
      if (this.#isDue) end();
    });
  }
}
