/** An auto-reset event: wakes one wait when it is set; set while nobody waits, it ends the next wait at once. */
export class AutoResetEvent {
  #wake: (() => void) | undefined;
  #isSet = false;

  /** Ends the wait that is under way, or the next one. */
  set(): void {
    this.#isSet = true;
    this.#wake?.();
  }

  /** Returns when the event is set, or after the milliseconds. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#isSet = false;
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wake = end;
      if (this.#isSet) end();
    });
  }
}
