"""The weekly digest of friction, by e-mail.

`gather.gather_digest` reads a week and the one before, `words` writes it as text and as HTML,
`charts` draws its pictures, `mail` makes the message; `deliver` writes whom it goes to as rows and
sends each once. The report as PDF is `pdf.write_pdf`.
"""
