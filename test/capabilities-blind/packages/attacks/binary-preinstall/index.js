module.exports = class Graph {
  constructor() { this.edges = new Map(); }
  add(from, to) { this.edges.set(from, [...(this.edges.get(from) ?? []), to]); }
};
