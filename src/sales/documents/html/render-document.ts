import { Eta } from 'eta';
import type { DocumentContent, DocumentKind } from '../document.schemas';
import { HTML, TEXT } from './document-templates';

interface Rendered {
  readonly title: string;
  readonly text: string;
  readonly html: string;
}

interface GivenDocument {
  readonly kind: DocumentKind;
  readonly number: string;
  /** The day, as in 2026-11-28. */
  readonly issuedAt: string;
  readonly content: DocumentContent;
}

const escaped = new Eta({ autoTrim: false });
const plain = new Eta({ autoTrim: false, autoEscape: false });

const TITLES = { confirmation: 'Order confirmation', invoice: 'Invoice', credit_note: 'Credit note' } as const;

/** Returns a document as a page and as plain text, with its title. */
export function renderDocument({ kind, number, issuedAt, content }: GivenDocument): Rendered {
  const title = `${TITLES[kind]} ${number}`;
  const { seller, buyer, orderNumber, items } = content;
  const facts = [
    ['Date', issuedAt],
    ...(kind === 'confirmation' ? [] : [['Order', orderNumber]]),
    ...(content.refund ? [['Corrects', content.refund.invoiceNumber]] : []),
  ];
  const values = {
    title,
    facts,
    seller: [seller.name, seller.address, seller.taxId].filter((line) => line !== '').join('\n'),
    buyer: [buyer.name, ...addressLines(buyer.billingAddress), buyer.email].filter(Boolean).join('\n'),
    items,
    sums: sumsOf(content),
  };
  return { title, text: plain.renderString(TEXT, values), html: escaped.renderString(HTML, values) };
}

function sumsOf({ subtotal, discount, shipping, tax, total, taxes, pricesIncludeTax, currency, refund }: DocumentContent): string[][] {
  const inCurrency = (amount: string) => `${amount} ${currency}`;
  if (refund)
    return [
      ['Refunded', inCurrency(refund.amount)],
      ['of which tax', inCurrency(refund.tax)],
    ];
  const isZero = (amount: string) => Number(amount) === 0;
  return [
    ['Subtotal', inCurrency(subtotal)],
    ...(isZero(discount) ? [] : [['Discount', inCurrency(`-${discount}`)]]),
    ...(isZero(shipping) ? [] : [['Shipping', inCurrency(shipping)]]),
    ...taxes.map((each) => [`${pricesIncludeTax ? 'Includes tax' : 'Tax'} ${each.rate} % of ${each.base}`, inCurrency(each.tax)]),
    ...(isZero(tax) ? [] : [[pricesIncludeTax ? 'Tax in the total' : 'Tax', inCurrency(tax)]]),
    ['Total', inCurrency(total)],
  ];
}

/* An address is any object; its texts, in their order, are its lines. */
function addressLines(address: Readonly<Record<string, unknown>> | null): string[] {
  return Object.entries(address ?? {}).flatMap(([name, value]) => (name !== 'name' && typeof value === 'string' ? [value] : []));
}
