import * as casts from './rules/cast-rules';
import * as checks from './rules/check-rules';
import * as floors from './rules/floor-rules';
import * as names from './rules/name-rules';
import * as sizes from './rules/size-rules';
import type { Files, Rule } from './sources';

/** A rule with what it must report where these files are added to the project, by what the breach is. */
export interface PlantedRule {
  readonly rule: Rule;
  readonly breaches: Readonly<Record<string, readonly [files: Files, reported: readonly string[]]>>;
}

const SIDE_DOOR = `import { placeOrder } from '../sales/orders/placing/place-order';\n`;
const DOMAIN = { 'src/wishlists/index.ts': `export { buyWishlist } from './buy-wishlist';\n` };

/** Every rule of the architecture by its sentence, each with planted breaches. */
export const plantedBreaches: Readonly<Record<string, PlantedRule>> = {
  'every folder of src is on a floor': {
    rule: floors.everyFolderIsOnAFloor,
    breaches: {
      'a folder that is neither on a floor nor a domain': [
        { 'src/pricing/price-list.ts': '' },
        ['src/pricing is on no floor, and has no index.ts'],
      ],
      'a file beside the app': [{ 'src/settings.ts': '' }, ['src/settings.ts is on no floor, and has no index.ts']],
    },
  },
  'no floor imports from a higher one': {
    rule: floors.noImportFromAHigherFloor,
    breaches: {
      'a part of the kernel that imports a domain': [
        { 'src/resource/read/stock-level.ts': `import { salesRouters } from '../../sales';\n` },
        ['src/resource/read/stock-level.ts imports src/sales/index.ts'],
      ],
      'a part of the kernel that imports a new domain': [
        { ...DOMAIN, 'src/http/wish.ts': `const wishlists = import('../wishlists');\n` },
        ['src/http/wish.ts imports src/wishlists/index.ts'],
      ],
      'a word of the ground floor that knows the database': [
        { 'src/schema/column-type.ts': `import type { BaseModel } from '../database/base-model';\n` },
        ['src/schema/column-type.ts imports src/database/base-model.ts'],
      ],
      'a domain that imports the app': [
        { 'src/catalogue/all-models.ts': `import { registerModels } from '../models';\n` },
        ['src/catalogue/all-models.ts imports src/models.ts'],
      ],
    },
  },
  'a domain is entered by its index only': {
    rule: floors.domainsAreEnteredByTheirIndex,
    breaches: {
      'a new domain with a side door into sales': [
        { ...DOMAIN, 'src/wishlists/buy-wishlist.ts': SIDE_DOOR },
        ['src/wishlists/buy-wishlist.ts imports src/sales/orders/placing/place-order.ts'],
      ],
      'a side door into a new domain': [
        {
          ...DOMAIN,
          'src/wishlists/buy-wishlist.ts': '',
          'src/sales/wishes.ts': `import { buyWishlist } from '../wishlists/buy-wishlist';\n`,
        },
        ['src/sales/wishes.ts imports src/wishlists/buy-wishlist.ts'],
      ],
      'a side door from the app': [
        { 'src/startup/first-order.ts': SIDE_DOOR },
        ['src/startup/first-order.ts imports src/sales/orders/placing/place-order.ts'],
      ],
    },
  },
  'folders do not import each other in a circle': {
    rule: floors.noCircleBetweenFolders,
    breaches: {
      'two folders that import each other': [
        { 'src/catalogue/sold-products.ts': `import { salesRouters } from '../sales';\n` },
        ['catalogue, sales'],
      ],
      'three folders that import each other in turn': [
        {
          'src/problems/clock.ts': `import { logger } from '../logging/clock';\n`,
          'src/logging/clock.ts': `import type { Ctx } from '../context/context';\n`,
        },
        ['context, logging, problems'],
      ],
    },
  },
  'resource imports in the order of a request': {
    rule: floors.resourceFollowsTheRequest,
    breaches: {
      'a step that imports a later one': [
        { 'src/resource/query/list-first.ts': `import { listObjects } from '../list/list-objects';\n` },
        ['src/resource/query/list-first.ts imports src/resource/list/list-objects.ts'],
      ],
      'a step that imports the service above it': [
        { 'src/resource/write/write-all.ts': `import { ResourceService } from '../resource.service';\n` },
        ['src/resource/write/write-all.ts imports src/resource/resource.service.ts'],
      ],
      'a folder that is no step': [{ 'src/resource/extras/extra.ts': '' }, ['src/resource/extras is no step of a request']],
    },
  },
  'src imports nothing that stands on it': {
    rule: floors.srcImportsNothingThatStandsOnIt,
    breaches: Object.fromEntries(
      ['seeders', 'tests', 'scripts', 'migrations', 'bench'].map((folder) => [
        `an import of ${folder}`,
        [{ 'src/startup/all.ts': `import { all } from '../../${folder}/all';\n` }, [`src/startup/all.ts imports ${folder}/all`]],
      ]),
    ),
  },
  'a folder with routes has a service': {
    rule: casts.routesHaveAService,
    breaches: {
      'routes alone': [{ 'src/sales/gifts/gift.routes.ts': '' }, ['src/sales/gifts/gift.routes.ts has no service beside it']],
    },
  },
  'routes call services, and no model, query or story': {
    rule: casts.routesCallServices,
    breaches: {
      'routes that read a model, run a query and tell a story': [
        {
          'src/sales/gifts/gift.routes.ts': `import { Order } from '../orders/order.model';
            import { restock } from '../stock/stock.queries';
            import { cancelOrder } from '../orders/transitions/cancel-order';\n`,
        },
        ['orders/order.model', 'stock/stock.queries', 'orders/transitions/cancel-order'].map(
          (path) => `src/sales/gifts/gift.routes.ts imports src/sales/${path}.ts`,
        ),
      ],
    },
  },
  'tests mirror the tree': {
    rule: casts.testsMirrorTheTree,
    breaches: {
      'a test of no part': [{ 'tests/platform/start.test.ts': '' }, ['start.test.ts is in tests/platform, which mirrors no folder']],
      'a test two folders below its part': [
        { 'tests/sales/orders/gifts/wrapped/gift.test.ts': '' },
        ['gift.test.ts is in tests/sales/orders/gifts/wrapped, which mirrors no folder'],
      ],
    },
  },
  'no file has more than 250 lines': {
    rule: sizes.filesAreShort,
    breaches: Object.fromEntries(
      ['src/sales', 'config', 'migrations', 'seeders', 'scripts', 'bench', 'tests'].map((folder) => [
        `a long file in ${folder}`,
        [{ [`${folder}/long.ts`]: '\n'.repeat(251) }, [`${folder}/long.ts has 251 lines`]],
      ]),
    ),
  },
  'half of the files of src have at most 60 lines': {
    rule: sizes.halfOfSrcIsShort,
    breaches: {
      'as many longer ones': [manyFiles('src/sales/order', 1_000, '\n'.repeat(61)), ['the median of src is 61 lines']],
    },
  },
  'no folder has more than a dozen files': {
    rule: sizes.foldersAreSmall,
    breaches: { 'one file more': [manyFiles('src/sales/gifts/gift', 13, ''), ['src/sales/gifts has 13 files']] },
  },
  'names are in kebab-case, with a role, and say what it is': {
    rule: names.namesSayWhatItIs,
    breaches: {
      'a name in camelCase': [{ 'scripts/newOrder.ts': '' }, ['scripts/newOrder.ts is no name in kebab-case with a role']],
      'an unknown role': [{ 'src/sales/order.steps.ts': '' }, ['src/sales/order.steps.ts is no name in kebab-case with a role']],
      'a name that says nothing': [{ 'src/sales/utils/money.ts': '' }, ['src/sales/utils/money.ts says "utils"']],
    },
  },
  'files are named after what they export': {
    rule: names.filesAreNamedAfterWhatTheyExport,
    breaches: {
      'a model without its class': [
        { 'src/sales/gift.model.ts': 'export class Present {}\n' },
        ['src/sales/gift.model.ts exports no Gift'],
      ],
      'routes under another name': [
        { 'src/sales/gift.routes.ts': 'export const presents = apiRouter({});\n' },
        ['src/sales/gift.routes.ts exports no router of gift'],
      ],
      'another function': [
        { 'src/sales/wrap-gift.ts': 'export async function tieRibbon() {}\n' },
        ['src/sales/wrap-gift.ts exports tieRibbon'],
      ],
    },
  },
  'no check of types, lint or tests is switched off': {
    rule: checks.noCheckIsSwitchedOff,
    breaches: Object.fromEntries(
      [
        `const gift: ${'any'} = 1;`,
        `gift as ${'any'};`,
        `// @ts-${'ignore'}`,
        `// biome-${'ignore'} lint: gift`,
        `test.${'skip'}('gift')`,
      ].map((text) => [text, [{ 'tests/gift.ts': `${text}\n` }, ['tests/gift.ts switches a check off']]]),
    ),
  },
  'settings are read in one place': {
    rule: checks.settingsAreReadInOnePlace,
    breaches: {
      'a second reader': [{ 'src/sales/gift.ts': 'const { GIFTS } = process.env;\n' }, ['src/sales/gift.ts reads process.env']],
    },
  },
};

function manyFiles(path: string, count: number, text: string): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${path}-${n}.ts`, text]));
}
