// Asks a SPARQL endpoint as Comunica does: node ask.mjs ENDPOINT QUERY MEDIA-TYPE
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query, mediaType] = process.argv.slice(2);
const engine = new QueryEngine();
const result = await engine.query(query, { sources: [{ type: "sparql", value: endpoint }] });
const { data } = await engine.resultToString(result, mediaType);
data.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
data.pipe(process.stdout);
