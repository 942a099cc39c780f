// Apps import PhoneinCore alone; what is generated comes with it.
@_exported import PhoneinBindings
