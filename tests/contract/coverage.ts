import type { Operation } from './operations';

/* The operations that Specmatic leaves out, each with the reason; jest tests them all. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  logIn: 'a generated email and password belong to no user and are rightly refused',
  refreshTokens: 'a refresh token can be used once, and each scenario would need its own',
  createReview: 'a product has one review of the person who asks, and each scenario would need its own',
  patchReview: 'nobody decides on their own review, and only its author changes the words',
  createShippingMethod: 'its bands ascend and the last has no end, which a generated list does not keep',
  putShippingMethod: 'its bands ascend and the last has no end, which a generated list does not keep',
  patchShippingMethod: 'its bands ascend and the last has no end, which a generated list does not keep',
  createDiscountCode: 'which of its members it may have depends on its kind',
  putDiscountCode: 'which of its members it may have depends on its kind',
  patchDiscountCode: 'which of its members it may have depends on its kind',
  createWebhook: 'a generated type of event is none of the shop',
  patchWebhook: 'a generated type of event is none of the shop',
  createShipment: 'ships what its order still has to ship, of which a generated quantity may be too much',
  receivePaymentWebhook: 'its body is signed by the payment provider',
  createImage: 'it shows a URL or a medium and belongs to a product or a group, of which a generated body may have none',
  putImage: 'it shows a URL or a medium and belongs to a product or a group, of which a generated body may have none',
  countProducts: 'its response has a member for each facet asked for, which Specmatic takes for unknown',
  receiveReturn: 'closes the return, and each scenario would need its own',
  checkOutCart: 'a cart is sold once, and each scenario would need its own',
  setStock: 'names the stock that it expects, which the scenario before has changed',
  changePassword: 'needs the present password, and ends the session that asks',
};

/** Returns why Specmatic leaves out an operation; undefined where it asks it. */
export function reasonToLeaveOut({ id, path, requestTypes, responseTypes }: Operation): string | undefined {
  if (LEFT_OUT[id]) return LEFT_OUT[id];
  if (namesEachOnce(path)) return 'its list names each object once, and Specmatic repeats the item of a list';
  if (requestTypes.length > 0 && !requestTypes.includes('application/json')) return 'its body is a file, and a generated text is none';
  if (responseTypes.includes('text/event-stream')) return 'its response never ends';
  if (responseTypes.some((type) => type.startsWith('image/'))) return 'its response is an image, of which Specmatic reads no byte';
  return undefined;
}

function namesEachOnce(path: string): boolean {
  return /\/(bulk|reorder|order)$/.test(path);
}
