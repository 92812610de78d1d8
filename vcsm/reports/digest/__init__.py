"""The weekly digest of friction, by e-mail.

`gather.gather_digest` reads a week and the one before, `words` writes them as text and HTML,
`charts` draws the pictures, `mail` makes the message; `deliver` writes a row for each address and
sends each one. The report as PDF is `pdf.write_pdf`.
"""
