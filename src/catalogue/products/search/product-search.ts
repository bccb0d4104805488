import { type Bind, type Condition, column, where } from '../../../database/sql/binder';
import type { Search } from '../../../resource/definition/resource';
import { parseSearchQuery, type SearchQuery } from './search-query';

/* A SKU of this many characters with a digit is searched by its beginning, too; others are words first. */
const SKU_BEGINNING = /^(?=.*\d).{3,}$/s;
/* A product whose SKU was asked for comes before all that mention it. */
const SKU_RANK = 10;

/**
 * Searches name, brand, model, SKU and description (weights A, B, C) in any accent, and by SKU or its beginning. Where the words match
 * nothing that the actor sees, names, brands and models that resemble them match instead (pg_trgm); phrases and exclusions hold all the same.
 */
export const productSearch: Search = {
  isRanked: (q) => !parseSearchQuery(q).isExclusion,

  matches: (q, visible) => {
    const query = parseSearchQuery(q);
    const exactly: Condition = (t, bind) => `${column(t, 'search_vector')} @@ ${textQuery(query, bind)}`;
    if (query.words === '') return exactly;
    return (t, bind) => `(${exactly(t, bind)} OR ${similarly(query, visible, exactly)(t, bind)})`;
  },

  rank: (q) => (t, bind) => {
    const query = parseSearchQuery(q);
    const fullText = `ts_rank(${column(t, 'search_vector')}, ${textQuery(query, bind)})`;
    const bySku = `CASE WHEN lower(${column(t, 'sku')}) = ${bind(query.sku, 'text')} THEN ${SKU_RANK} ELSE 0 END`;
    const similar = query.words === '' ? '0' : `word_similarity(trigram_text(${bind(query.words, 'text')}), ${trigramText(t)})`;
    return `(${fullText} + ${bySku} + ${similar})::float8`;
  },
};

function textQuery({ whole, sku }: SearchQuery, bind: Bind): string {
  const words = `websearch_to_tsquery('russian', search_text(${bind(whole, 'text')}))`;
  return sku === null ? words : `(${words} || ${bind(skuQuery(sku), 'tsquery')})`;
}

/* The lexeme of a SKU, quoted as tsquery wants it. */
function skuQuery(sku: string): string {
  const lexeme = `sku:${sku}`.replaceAll('\\', '\\\\').replaceAll("'", "''");
  return `'${lexeme}'${SKU_BEGINNING.test(sku) ? ':*' : ''}`;
}

/*
 * The operand is null where anything matches exactly, which makes the scan of the trigram index an empty one. The sub-select runs once per
 * statement, before the scan, so the threshold that `similar_words` sets holds for it.
 */
function similarly({ words, fixed }: SearchQuery, visible: readonly Condition[], exactly: Condition): Condition {
  return (t, bind) => {
    const matched = `SELECT 1 FROM products other${where([...visible, exactly], 'other', bind)}`;
    const operand = `(SELECT CASE WHEN NOT EXISTS (${matched}) THEN similar_words(${bind(words, 'text')}) END)`;
    const similar = `${operand} <% ${trigramText(t)}`;
    if (fixed === '') return similar;
    return `(${similar} AND ${column(t, 'search_vector')} @@ websearch_to_tsquery('russian', search_text(${bind(fixed, 'text')})))`;
  };
}

/* As in the index products_trigram_text_idx. */
function trigramText(t: string): string {
  return `trigram_text(${column(t, 'name')} || ' ' || coalesce(${column(t, 'brand')}, '') || ' ' || coalesce(${column(t, 'model')}, ''))`;
}
