import { readRows } from '../support/read-rows';

/** Northwind's rows as stored in seeders/data/northwind; ORIGIN.md there names the origin of each field. */
export interface SourceCategory {
  readonly categoryId: number;
  readonly categoryName: string;
  readonly slug: string;
  readonly description: string;
}

export interface SourceProduct {
  readonly productId: number;
  readonly productName: string;
  readonly slug: string;
  readonly supplier: string;
  readonly categoryId: number;
  readonly quantityPerUnit: string;
  readonly unitPrice: string;
  readonly unitsInStock: number;
  readonly unitsOnOrder: number;
  readonly reorderLevel: number;
  readonly discontinued: boolean;
}

interface SourcePerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly phone: string;
}

export interface SourceCustomer extends SourcePerson {
  readonly customerId: string;
  readonly companyName: string;
}

export interface SourceEmployee extends SourcePerson {
  readonly employeeId: number;
  readonly title: string;
  readonly birthDate: string;
  readonly notes: string;
}

/** An order item: product, quantity, unit price, and the discount as a fraction of the item's price. */
export type SourceLine = readonly [productId: number, quantity: number, unitPrice: string, discount: string];

export interface SourceOrder {
  readonly orderId: number;
  readonly customerId: string;
  readonly employeeId: number;
  readonly orderDate: string;
  readonly requiredDate: string;
  readonly shippedDate: string | null;
  readonly shipper: string;
  readonly freight: string;
  readonly shipName: string;
  readonly shipAddress: string;
  readonly shipCity: string;
  readonly shipRegion: string | null;
  readonly shipPostalCode: string | null;
  readonly shipCountry: string;
  readonly lines: readonly SourceLine[];
}

export interface Northwind {
  readonly categories: readonly SourceCategory[];
  readonly products: readonly SourceProduct[];
  readonly customers: readonly SourceCustomer[];
  readonly employees: readonly SourceEmployee[];
  readonly orders: readonly SourceOrder[];
}

/** Returns all of Northwind from the data files. */
export function readNorthwind(): Northwind {
  return {
    categories: readRows<SourceCategory>('northwind', 'categories'),
    products: readRows<SourceProduct>('northwind', 'products'),
    customers: readRows<SourceCustomer>('northwind', 'customers'),
    employees: readRows<SourceEmployee>('northwind', 'employees'),
    orders: readRows<SourceOrder>('northwind', 'orders'),
  };
}
