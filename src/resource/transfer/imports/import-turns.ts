import { Turns } from '../../../database/pool/waits/turns';

/* While PostgreSQL writes the rows of one, those of the other are read; more would leave the event loop no time for other requests. */
const MOST_AT_ONCE = 2;
/* Each keeps its file in the memory, 2 MiB at most. */
const MOST_WAITING = 20;

/** The turns of imports whose clients wait for the report. */
export const importTurns = new Turns(MOST_AT_ONCE, MOST_WAITING);
