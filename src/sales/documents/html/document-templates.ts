/* Eta escapes every `<%= %>`: https://eta.js.org. Styles are in the page, because mail clients load none. */

/** The page of a document. */
export const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= it.title %></title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 46em; margin: 2em auto; padding: 0 1em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3em .5em; border-bottom: 1px solid #ddd; vertical-align: top }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
address { font-style: normal; white-space: pre-line }
</style>
</head>
<body>
<address><%= it.seller %></address>
<h1><%= it.title %></h1>
<p><% for (const [label, value] of it.facts) { %><%= label %>: <%= value %><br><% } %></p>
<address><%= it.buyer %></address>
<table>
<thead><tr><th>Item</th><th>SKU</th><th class="amount">Quantity</th><th class="amount">Price</th><th class="amount">Tax</th><th class="amount">Amount</th></tr></thead>
<tbody>
<% for (const item of it.items) { %><tr><td><%= item.name %></td><td><%= item.sku %></td><td class="amount"><%= item.quantity %></td><td class="amount"><%= item.unitPrice %></td><td class="amount"><%= item.taxRate === null ? '' : item.taxRate + ' %' %></td><td class="amount"><%= item.subtotal %></td></tr>
<% } %></tbody>
<tfoot>
<% for (const [label, amount] of it.sums) { %><tr><th colspan="5"><%= label %></th><td class="amount"><%= amount %></td></tr>
<% } %></tfoot>
</table>
</body>
</html>
`;

/** The document as plain text. */
export const TEXT = `<%= it.title %>

<% for (const [label, value] of it.facts) { %><%= label %>: <%= value %>
<% } %>
<% for (const item of it.items) { %><%= item.quantity %> x <%= item.name %> (<%= item.sku %>): <%= item.subtotal %>
<% } %>
<% for (const [label, amount] of it.sums) { %><%= label %>: <%= amount %>
<% } %>
<%= it.seller %>
`;
