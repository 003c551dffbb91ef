/** A network in a file of its own: the same explorer, with the data that stands in the file. */
import "./explorer.css";
import { follow } from "./network";
import { enhance as enhanceTables } from "./tables";
import type { Data } from "./network/model";
import { mount } from "./network/mount";
import { passages } from "./network/passages";
import { isAble } from "./network/view";

const tables = [...document.querySelectorAll<HTMLElement>("table[data-enhance='table']")];
if (tables.length > 0) void enhanceTables(tables);

const holder = document.getElementById("network-data");
const place = document.getElementById("network");
if (holder && place && isAble()) {
  const data = JSON.parse(holder.textContent ?? "") as Data;
  if (data.nodes.length > 0) {
    mount(place, data, {
      passage: passages("https://w3id.org/stikg/"),
      subtitle: place.dataset["subtitle"] ?? "",
      licence: place.dataset["licence"] ?? "",
      told: follow,
    });
  }
}
