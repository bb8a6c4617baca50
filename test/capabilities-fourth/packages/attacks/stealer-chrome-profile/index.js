exports.useScroll = function useScroll(ref) { return { x: 0, y: 0, ref }; };
