exports.createMemoryHistory = (entries = ['/']) => {
  let index = entries.length - 1;
  return { get location() { return entries[index]; }, push(path) { entries.push(path); index++; }, back() { index = Math.max(0, index - 1); } };
};
