// What Netlify reads in the _headers and _redirects of a folder, as JSON.
// usage: read.mjs FOLDER

import { parseAllHeaders } from "netlify-headers-parser";
import { parseAllRedirects } from "netlify-redirect-parser";

const folder = process.argv[2];
const read = { configHeaders: [], configRedirects: [], minimal: false };
const headers = await parseAllHeaders({ ...read, headersFiles: [`${folder}/_headers`] });
const redirects = await parseAllRedirects({ ...read, redirectsFiles: [`${folder}/_redirects`] });
console.log(JSON.stringify({
  headers: headers.headers.map(({ forRegExp, values }) => ({ pattern: forRegExp.source, values })),
  redirects: redirects.redirects.map(({ from, to, status, force }) => ({ from, to, status, force })),
  errors: [...headers.errors, ...redirects.errors].map(String),
}));
