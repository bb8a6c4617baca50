"use strict";
function makeColumns(schema) {
  return Object.keys(schema).map((id) => ({ id, accessorKey: id, header: schema[id].label || id, meta: { editable: schema[id].editable !== false } }));
}
function useEditableRow(formik, rowIndex) {
  return {
    value: (col) => formik.values.rows[rowIndex][col],
    onChange: (col) => (e) => formik.setFieldValue(`rows.${rowIndex}.${col}`, e.target.value),
    touched: (col) => Boolean(formik.touched.rows && formik.touched.rows[rowIndex] && formik.touched.rows[rowIndex][col]),
  };
}
module.exports = { makeColumns, useEditableRow };
