exports.sortTasks = function sortTasks(graph) {
  const seen = new Set();
  const out = [];
  const visit = (id) => {
    if (seen.has(id)) return;
    seen.add(id);
    (graph[id] || []).forEach(visit);
    out.push(id);
  };
  Object.keys(graph).forEach(visit);
  return out;
};
