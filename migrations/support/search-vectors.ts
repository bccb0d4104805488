/** Returns the expression of a product's search vector under a configuration, over texts as the function makes them, with further lexemes. */
function vector(configuration: string, text: string, lexemes: string): string {
  const weighted = (weight: string, given: string) =>
    `setweight(to_tsvector('${configuration}'::regconfig, ${text}(${given})), '${weight}')`;
  return `${weighted('A', 'name')} ||
    ${weighted('B', "coalesce(brand, '') || ' ' || coalesce(model, '') || ' ' || sku")} ||
    ${weighted('C', "coalesce(description, '')")} ||
    ${lexemes}`;
}

const NAMES = "indexed_text(name || ' ' || coalesce(brand, '') || ' ' || coalesce(model, ''))";

/** The vector by single characters of Chinese, and by whole words. */
export const FORMER_VECTOR = vector('russian', 'search_text', "array_to_tsvector(ARRAY['sku:' || lower(sku)])");

/** The vector by pairs of characters, and by beginnings of words. */
export const VECTOR = vector('product_search', 'indexed_text', `search_lexemes(id, sku, ${NAMES}, view_count)`);

/** The vector with brands, and with parts of the classes of views. */
export const VECTOR_WITH_BRANDS = vector('product_search', 'indexed_text', `product_lexemes(id, sku, brand, ${NAMES}, view_count)`);
