"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.countries = [
  { code: "DE", dial: "+49", name: "Germany" },
  { code: "FR", dial: "+33", name: "France" },
  { code: "JP", dial: "+81", name: "Japan" },
];
exports.find = function (q) {
  q = String(q).toLowerCase();
  return exports.countries.filter(function (c) { return c.name.toLowerCase().indexOf(q) === 0 || c.dial === q; });
};
