'use strict';
const { useEffect, useRef } = require('react');
exports.useEvent = function useEvent(name, handler, target) {
  const saved = useRef(handler);
  saved.current = handler;
  useEffect(() => {
    const run = (event) => saved.current(event);
    target.addEventListener(name, run);
    return () => target.removeEventListener(name, run);
  }, [name, target]);
};
