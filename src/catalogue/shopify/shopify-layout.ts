import type { TxContext } from '../../context/context';
import type { FileRow } from '../../resource/transfer/file/file-row';
import type { FileLayout, LayoutReader } from '../../resource/transfer/layouts/file-layout';
import type { ImportRow } from '../../resource/transfer/rows/import-row';
import { prepareSales } from './prices/prepare-sales';
import { setProductValues } from './product-values';
import { isShopifyHeader, type ShopifyHeader, shopifyHeader } from './shopify-header';
import { productsOf } from './shopify-product';
import { textAt } from './shopify-row';
import { writeGroups } from './write-groups';
import { writeImages } from './write-images';
import { writeTags } from './write-tags';

/** Shopify's product CSV: a row per variant, whose products become groups, or plain products where they have one variant without options. */
export const shopifyLayout: FileLayout = {
  name: 'shopify',
  title: 'a product CSV of Shopify',
  description:
    'shopify: a product CSV of Shopify, in the older or the newer template. A product with options becomes a group, by its handle, with a product per variant, by its SKU; tags and images come with it. A variant without a SKU gets one made of the handle and its options. A price to compare at that is above the price is the regular price, and the price a sale until a file says otherwise. Stock is that of new products alone.',
  matches: isShopifyHeader,
  reader: (header) => new ShopifyReader(shopifyHeader(header)),
};

class ShopifyReader implements LayoutReader {
  readonly ignoredColumns: readonly string[];

  constructor(private readonly header: ShopifyHeader) {
    this.ignoredColumns = header.ignored;
  }

  continues(raw: FileRow['raw'], previous: FileRow['raw']): boolean {
    // It is CSV, as an import has seen to.
    const [cells, before] = [raw as readonly string[], previous as readonly string[]];
    const handle = textAt(this.header, cells, 'handle');
    return handle === '' ? textAt(this.header, cells, 'title') === '' : handle === textAt(this.header, before, 'handle');
  }

  async complete(tx: TxContext, rows: readonly ImportRow[]): Promise<() => Promise<void>> {
    const products = await productsOf(rows, this.header);
    await writeTags(tx, products);
    await writeGroups(tx, products);
    for (const product of products) await setProductValues(product);
    const writeSales = await prepareSales(tx, products);
    return async () => {
      await writeImages(tx, products);
      await writeSales();
    };
  }
}
