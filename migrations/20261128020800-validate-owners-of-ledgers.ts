import { migration } from './support/migration';
import { OWNED_LEDGERS, ownerKey, validateOwnerKey } from './support/owned-ledgers';

/* Apart from adding the keys, so that the ledgers can be written meanwhile. */
export = migration(OWNED_LEDGERS.map(validateOwnerKey).join('\n'), OWNED_LEDGERS.map((ledger) => ownerKey(ledger, 'CASCADE')).join('\n'));
