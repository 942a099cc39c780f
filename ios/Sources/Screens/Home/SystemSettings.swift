import UIKit

/// The app's page in the system's settings.
let systemSettings = UIApplication.openSettingsURLString
