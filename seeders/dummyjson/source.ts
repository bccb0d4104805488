import { readRows } from '../support/read-rows';

/** A product as stored in seeders/data/dummyjson; ORIGIN.md there names the fields that were left out. */
export interface SourceProduct {
  readonly id: number;
  readonly title: string;
  readonly slug: string;
  readonly description: string;
  readonly category: string;
  readonly price: string;
  readonly stock: number;
  readonly tags: readonly string[];
  readonly brand: string | null;
  readonly sku: string;
  readonly weight: number;
  readonly dimensions: { readonly width: number; readonly height: number; readonly depth: number };
  readonly warrantyInformation: string;
  readonly shippingInformation: string;
  readonly returnPolicy: string;
  readonly minimumOrderQuantity: number;
  readonly discountPercentage: number;
  readonly barcode: string;
  readonly createdAt: string;
  readonly images: readonly string[];
  readonly thumbnail: string;
}

/** Returns the products of the second shop from their data file. */
export function readProducts(): SourceProduct[] {
  return readRows<SourceProduct>('dummyjson', 'products');
}
